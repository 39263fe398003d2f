package dev.lookaside.testing.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** The rules, held against this module itself. */
class ArchRulesTest {
  private final ArchRules rules = ArchRules.of("dev.lookaside.testing");

  @Test
  void acceptArrowsThatAreDrawn() {
    assertThat(complaints(rules.arrow("arch").arrow("time").arrow("etcd", "net"))).isEmpty();
  }

  @Test
  void findAClockThatIsRead() {
    assertThat(complaints(rules.in("arch", "etcd").readsNoClock()))
        .singleElement()
        .asString()
        .contains("nanoTime");
  }

  @Test
  void findWhatIsNotAllowed() {
    assertThat(complaints(rules.in("arch").usesOnly("java.."))).isNotEmpty();
    assertThat(complaints(rules.in("etcd").avoids(Foreign.SPRING))).hasSize(1);
  }

  private static List<String> complaints(ArchRules rules) {
    return rules
        .tests()
        .map(DynamicTest::getExecutable)
        .map(test -> catchThrowable(test::execute))
        .filter(Objects::nonNull)
        .map(Throwable::getMessage)
        .toList();
  }
}
