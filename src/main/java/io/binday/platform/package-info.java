/** Pools, transaction managers, {@code Clock}, migrations, Batch and Quartz wiring; nobody imports it. */
@NullMarked
package io.binday.platform;

import org.jspecify.annotations.NullMarked;
