/** Runs that are harmed while they work, as processes on a server of their own, and brought to their end by commands alone. */
@NullMarked
package io.binday.chaos;

import org.jspecify.annotations.NullMarked;
