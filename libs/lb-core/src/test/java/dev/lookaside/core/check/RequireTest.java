package dev.lookaside.core.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each refusal says which value, what it is, and what is allowed. */
final class RequireTest {

  @Test
  void numbersAreShownAsTheyAreGiven() {
    refuses(
        () -> Require.within("lb.port", 70_000, 0, 65_535),
        "lb.port is 70000 (expected: 0 to 65535)");
    refuses(() -> Require.within("share", 1.5, 0, 1), "share is 1.5 (expected: 0 to 1)");
    refuses(() -> Require.within("share", Double.NaN, 0, 1), "share is NaN (expected: 0 to 1)");
    refuses(() -> Require.atLeast("clients", 0, 1), "clients is 0 (expected: at least 1)");
    refuses(() -> Require.aboveZero("share", 0, 1), "share is 0 (expected: above 0, at most 1)");
    refuses(
        () -> Require.notNegative("weight", Double.POSITIVE_INFINITY),
        "weight is Infinity (expected: finite and >= 0)");
  }

  @Test
  void durationsAreShownAsSettingsGiveThem() {
    Duration second = Duration.ofSeconds(1);
    refuses(
        () -> Require.within("ttl", Duration.ofMillis(500), second, second.multipliedBy(90)),
        "ttl is 500ms (expected: 1s to 90s)");
    refuses(() -> Require.aboveZero("pause", Duration.ZERO), "pause is 0s (expected: above 0)");
  }

  @Test
  void textIsQuotedAndStaysOnItsLine() {
    refuses(
        () -> Require.oneOf("type", "a\nb\u202ec", List.of("rr", "ll")),
        "type is 'a?b?c' (expected: one of rr, ll)");
  }

  private static void refuses(ThrowingCallable check, String message) {
    assertThatThrownBy(check).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
