/** Balancers and workers that do as they are told. */
@NullMarked
package dev.lookaside.client.grpc.testing;

import org.jspecify.annotations.NullMarked;
