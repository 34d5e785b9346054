/** Starts the application and returns the exit code. */
@NullMarked
package io.binday;

import org.jspecify.annotations.NullMarked;
