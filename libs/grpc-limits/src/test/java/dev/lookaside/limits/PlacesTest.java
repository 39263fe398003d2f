package dev.lookaside.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.limits.Places.Answer;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hundred places, half of them for an address, four on a connection. */
final class PlacesTest {
  private final List<String> hits = new ArrayList<>();
  private final Places places =
      new Places(
          Limit.LOAD_STREAMS,
          new Places.Sizes("streams", 100, 50, 4),
          (limit, peer, reason) -> hits.add(reason));

  @Test
  void aConnectionAndAnAddressHaveTheirShare() {
    assertThat(take("10.0.0.1", 1, 5)).isEqualTo(4);
    assertThat(hits).containsExactly("too many streams on this connection (expected: at most 4)");

    for (int port = 2; port <= 20; port++) {
      take("10.0.0.1", port, 4);
    }

    assertThat(places.taken()).isEqualTo(50);
    assertThat(hits).contains("too many streams from this address (expected: at most 50)");
  }

  @Test
  void twoAddressesThatTakeAllTheyCanGetLeaveAQuarterForThoseWhoNeedOne() {
    for (int port = 1; port <= 20; port++) {
      take("10.0.0.1", port, 4);
      take("10.0.0.2", port, 4);
    }

    assertThat(places.taken()).isEqualTo(75);
    assertThat(hits)
        .contains("too many streams from addresses that have many (expected: at most 75)");
    for (int balancer = 1; balancer <= 25; balancer++) {
      assertThat(take("10.0.1." + balancer, 1, 1)).isEqualTo(1);
    }
    assertThat(take("10.0.1.99", 1, 1)).isZero();
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    Answer answer = places.take(call("10.0.0.1", 1));
    Places.Place place = ((Answer.Taken) answer).place();
    take("10.0.0.1", 2, 1);

    place.close();
    place.close();

    assertThat(places.taken()).isEqualTo(1);
  }

  /** How many of so many calls on one connection had a place. */
  private int take(String address, int port, int calls) {
    int taken = 0;
    for (int i = 0; i < calls; i++) {
      if (places.take(call(address, port)) instanceof Answer.Taken) {
        taken++;
      }
    }
    return taken;
  }

  private static Attributes call(String address, int port) {
    try {
      return Attributes.newBuilder()
          .set(
              Grpc.TRANSPORT_ATTR_REMOTE_ADDR,
              new InetSocketAddress(InetAddress.getByName(address), port))
          .build();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
