/** Read-only findings over the job repository, the trash, the ledger and the events. */
@NullMarked
package io.binday.audit;

import org.jspecify.annotations.NullMarked;
