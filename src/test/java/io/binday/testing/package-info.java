/** Real parts for tests: a MySQL server, databases, the application, processes, faults. */
@NullMarked
package io.binday.testing;

import org.jspecify.annotations.NullMarked;
