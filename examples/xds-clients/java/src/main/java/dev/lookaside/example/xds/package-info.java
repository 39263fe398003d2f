/**
 * A gRPC client without any library of ours. Start at {@link dev.lookaside.example.xds.XdsClient}.
 */
@NullMarked
package dev.lookaside.example.xds;

import org.jspecify.annotations.NullMarked;
