package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.wire.Subset;

/**
 * From where a client sees a service.
 *
 * @param subset its part of the endpoints
 * @param place where it runs
 */
record Vantage(Subset subset, Locality place) {}
