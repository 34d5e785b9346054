/** The operations: what a chunk of trash, restore, purge does; holds; retention; ledger. */
@NullMarked
package io.binday.trash;

import org.jspecify.annotations.NullMarked;
