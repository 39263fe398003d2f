package dev.lookaside.core.endpoint;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EndpointTableTest {

  @Test
  void isInOrderOfIdHoweverItWasGiven() {
    assertThat(table("w3", "w1", "w2").endpoints())
        .extracting(Endpoint::id)
        .containsExactly("w1", "w2", "w3");
  }

  @Test
  void findsEveryEndpointAndNoOther() {
    EndpointTable table = table("a", "c", "e", "g", "i");
    for (String id : List.of("a", "c", "e", "g", "i")) {
      assertThat(table.find(id)).map(Endpoint::id).contains(id);
    }
    for (String id : List.of("", "b", "d", "f", "h", "j")) {
      assertThat(table.find(id)).isEmpty();
    }
  }

  @Test
  void refusesTheSameIdTwice() {
    assertThatThrownBy(() -> table("w1", "w1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("endpoint w1 is there twice (expected: unique ids)");
  }

  @Test
  void refusesAnEndpointOfAnotherService() {
    assertThatThrownBy(() -> EndpointTable.of("other", 1, List.of(endpoint("w1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("belongs to service worker");
  }
}
