/**
 * The gRPC server: adapters between the protocols and the worker's own types, and the server's
 * limits. Start at {@link dev.lookaside.worker.grpc.WorkerGrpcService}.
 */
@NullMarked
package dev.lookaside.worker.grpc;

import org.jspecify.annotations.NullMarked;
