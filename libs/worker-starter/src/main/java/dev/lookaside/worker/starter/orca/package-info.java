/**
 * The worker's load on the wire, in ORCA's words. Start at {@link
 * dev.lookaside.worker.starter.orca.OrcaGrpcService}.
 */
@NullMarked
package dev.lookaside.worker.starter.orca;

import org.jspecify.annotations.NullMarked;
