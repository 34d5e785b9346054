/** Reads and validates {@code jobs/*.yml}, reporting all problems at once. */
@NullMarked
package io.binday.job;

import org.jspecify.annotations.NullMarked;
