/** Quartz: what starts jobs by itself, among them the nightly purge. */
@NullMarked
package io.binday.schedule;

import org.jspecify.annotations.NullMarked;
