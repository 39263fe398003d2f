/** Calls workers by Spring Boot's own gRPC client. Start at {@link GrpcClientApp}. */
@NullMarked
package dev.lookaside.example.grpcclient;

import org.jspecify.annotations.NullMarked;
