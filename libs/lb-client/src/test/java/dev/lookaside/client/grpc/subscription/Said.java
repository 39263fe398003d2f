package dev.lookaside.client.grpc.subscription;

import dev.lookaside.v1.BalancerList;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.Heartbeat;
import dev.lookaside.v1.RegistryView;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import dev.lookaside.wire.SubscriptionTerms;
import dev.lookaside.wire.TermsCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a balancer may say. */
final class Said {
  static final String SERVICE = "worker";

  private Said() {}

  static TableEndpoint.Builder endpoint(int number, String id) {
    return TableEndpoint.newBuilder()
        .setNumber(number)
        .setEndpoint(
            Endpoint.newBuilder()
                .setId(id)
                .setService(SERVICE)
                .setAddress("10.0.0.1:" + (1 + number))
                .setIncarnation("first"))
        .setWeight(1)
        .setCapacity(4)
        .setState(EndpointState.ENDPOINT_STATE_READY)
        .setHealth(EndpointHealth.ENDPOINT_HEALTH_HEALTHY);
  }

  static TableEndpoint.Builder at(TableEndpoint.Builder endpoint, String address) {
    endpoint.getEndpointBuilder().setAddress(address);
    return endpoint;
  }

  static TableEndpoint.Builder again(TableEndpoint.Builder endpoint, String incarnation) {
    endpoint.getEndpointBuilder().setIncarnation(incarnation);
    return endpoint;
  }

  static SubscribeResponse table(long version, TableEndpoint.Builder... endpoints) {
    Table.Builder table =
        Table.newBuilder()
            .setVersion(version(version))
            .setBalancing(Balancing.newBuilder().setPolicy("rr").setPanicThreshold(0.5));
    List.of(endpoints).forEach(table::addEndpoints);
    return SubscribeResponse.newBuilder().setTable(table).build();
  }

  /** The change from the version before. */
  static SubscribeResponse delta(long to, TableEndpoint.Builder... changed) {
    TableDelta.Builder delta = TableDelta.newBuilder().setFrom(version(to - 1)).setTo(version(to));
    List.of(changed).forEach(delta::addChanged);
    return SubscribeResponse.newBuilder().setDelta(delta).build();
  }

  static SubscribeResponse at(String registry, long revision, SubscribeResponse table) {
    return SubscribeResponse.newBuilder()
        .setTable(table.getTable().toBuilder().setView(view(registry, revision, 0)))
        .build();
  }

  static RegistryView view(String registry, long revision, int ageMillis) {
    return RegistryView.newBuilder()
        .setRegistry(registry)
        .setRevision(revision)
        .setSyncedMillisAgo(ageMillis)
        .build();
  }

  static SubscribeResponse heartbeat(RegistryView view) {
    return SubscribeResponse.newBuilder()
        .setHeartbeat(Heartbeat.newBuilder().setView(view))
        .build();
  }

  static SubscribeResponse terms(Duration heartbeat, Duration loadExpiry) {
    return SubscribeResponse.newBuilder()
        .setTerms(TermsCodec.write(new SubscriptionTerms(heartbeat, Optional.empty(), loadExpiry)))
        .build();
  }

  static SubscribeResponse balancers(String... addresses) {
    return SubscribeResponse.newBuilder()
        .setBalancers(BalancerList.newBuilder().addAllAddresses(List.of(addresses)))
        .build();
  }

  static TableVersion version(long number) {
    return TableVersion.newBuilder().setEpoch("epoch").setNumber(number).build();
  }
}
