/**
 * Sends a gRPC server messages that make little sense, the same ones for the same seed. Start at
 * {@link dev.lookaside.testing.fuzz.Fuzz}.
 */
@NullMarked
package dev.lookaside.testing.fuzz;

import org.jspecify.annotations.NullMarked;
