/** Reads YAML documents strictly: every problem with its file and line, all of them at once. */
@NullMarked
package io.binday.document;

import org.jspecify.annotations.NullMarked;
