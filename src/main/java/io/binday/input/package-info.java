/** Streams of asset IDs from CSV, query, run, IDs. */
@NullMarked
package io.binday.input;

import org.jspecify.annotations.NullMarked;
