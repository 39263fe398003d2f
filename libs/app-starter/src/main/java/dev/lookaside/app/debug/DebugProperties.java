package dev.lookaside.app.debug;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the gRPC server of this process tells of itself, beside its health. With security.enabled,
 * to operators only.
 *
 * @param reflection Whether it describes its services (grpc.reflection.v1 and v1alpha), so that
 *     grpcurl needs no proto files.
 * @param channelz Whether it shows its connections and their calls (grpc.channelz.v1), as grpcdebug
 *     reads them.
 */
@ConfigurationProperties("lookaside.debug")
public record DebugProperties(
    @DefaultValue("false") boolean reflection, @DefaultValue("false") boolean channelz) {}
