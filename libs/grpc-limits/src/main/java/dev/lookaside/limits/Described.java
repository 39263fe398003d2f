package dev.lookaside.limits;

import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.Collection;

/**
 * A service whose methods are bound by hand, and that tells its schema by reflection all the same.
 */
public final class Described {

  private Described() {}

  /**
   * The service with these methods.
   *
   * @param like the service as generated code has it
   */
  public static ServerServiceDefinition service(
      ServiceDescriptor like, Collection<ServerMethodDefinition<?, ?>> methods) {
    var descriptor =
        ServiceDescriptor.newBuilder(like.getName())
            .setSchemaDescriptor(like.getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var service = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(service::addMethod);
    return service.build();
  }
}
