/** Stage, apply, reconcile as Spring Batch jobs; leases; supervisor; stop, restart, resolve. */
@NullMarked
package io.binday.run;

import org.jspecify.annotations.NullMarked;
