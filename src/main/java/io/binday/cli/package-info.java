/** One class per command, exit codes, what the terminal shows. */
@NullMarked
package io.binday.cli;

import org.jspecify.annotations.NullMarked;
