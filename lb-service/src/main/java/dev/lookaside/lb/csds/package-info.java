/**
 * Shows operators what each xDS client was sent and what it said of it (CSDS, gRFC A40). Start at
 * {@link dev.lookaside.lb.csds.ClientStatus}.
 */
@NullMarked
package dev.lookaside.lb.csds;

import org.jspecify.annotations.NullMarked;
