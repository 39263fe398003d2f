package dev.lookaside.trials.fuzz;

import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.v1.AccessGrpc;
import dev.lookaside.v1.AdminGrpc;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.WorkerGrpc;
import dev.lookaside.xds.v3.AggregatedDiscoveryServiceGrpc;
import dev.lookaside.xds.v3.ClientStatusDiscoveryServiceGrpc;
import dev.lookaside.xds.v3.LoadReportingServiceGrpc;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.WatchGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.List;
import java.util.stream.Stream;

/** A server, and what it can be asked. */
public enum FuzzedServer {
  BALANCER(
      LoadBalancerGrpc.getServiceDescriptor(),
      AccessGrpc.getServiceDescriptor(),
      AdminGrpc.getServiceDescriptor(),
      HealthGrpc.getServiceDescriptor(),
      AggregatedDiscoveryServiceGrpc.getServiceDescriptor(),
      LoadReportingServiceGrpc.getServiceDescriptor(),
      ClientStatusDiscoveryServiceGrpc.getServiceDescriptor(),
      ServerReflectionGrpc.getServiceDescriptor(),
      ChannelzGrpc.getServiceDescriptor()),
  WORKER(
      WorkerGrpc.getServiceDescriptor(),
      OpenRcaServiceGrpc.getServiceDescriptor(),
      HealthGrpc.getServiceDescriptor()),
  ETCD(
      KVGrpc.getServiceDescriptor(),
      LeaseGrpc.getServiceDescriptor(),
      WatchGrpc.getServiceDescriptor(),
      MaintenanceGrpc.getServiceDescriptor(),
      ClusterGrpc.getServiceDescriptor());

  @SuppressWarnings("ImmutableEnumChecker") // descriptors are, but do not say so
  private final List<ServiceDescriptor> services;

  FuzzedServer(ServiceDescriptor... services) {
    this.services = List.of(services);
  }

  public Stream<MethodDescriptor<?, ?>> methods() {
    return services.stream().flatMap(service -> service.getMethods().stream());
  }
}
