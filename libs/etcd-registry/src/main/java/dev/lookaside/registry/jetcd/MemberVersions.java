package dev.lookaside.registry.jetcd;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.OneLine;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks every member of etcd which version it is of. */
public final class MemberVersions {

  /**
   * What one member said.
   *
   * @param version empty if it did not say
   * @param failure why it did not say
   */
  public record Member(String address, String version, String failure) {}

  private MemberVersions() {}

  /**
   * Asks one after the other.
   *
   * @param patience with each of them
   */
  public static List<Member> read(EtcdSettings settings, Duration patience)
      throws InterruptedException {
    List<Member> members = new ArrayList<>();
    for (URI endpoint : settings.endpoints()) {
      members.add(read(settings, endpoint, patience));
    }
    return members;
  }

  /** Of calls that do not wait for a connection: they would not learn why there is none. */
  private static ClientBuilder clients(EtcdSettings settings, URI endpoint) {
    return EtcdClients.builder(settings, List.of(endpoint)).waitForReady(false);
  }

  private static Member read(EtcdSettings settings, URI endpoint, Duration patience)
      throws InterruptedException {
    String address = EtcdSettings.address(endpoint).toString();
    try (Client client = clients(settings, endpoint).build()) {
      String version =
          client
              .getMaintenanceClient()
              .statusMember(endpoint.toString())
              .get(patience.toMillis(), TimeUnit.MILLISECONDS)
              .getVersion();
      return new Member(address, version, "");
    } catch (ExecutionException e) {
      return new Member(address, "", EtcdFailures.words(e));
    } catch (TimeoutException e) {
      return new Member(address, "", "no answer in " + patience.toMillis() + " ms");
    } catch (RuntimeException e) {
      return new Member(address, "", OneLine.of(e.toString()));
    }
  }
}
