package dev.lookaside.lb.pick;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lookaside.core.policy.PickResult;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DecisionsTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Decisions.LOGGER);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Decisions decisions = new Decisions(3);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void remembersTheLatestTheNewestFirst() {
    assertThat(decisions.latest()).isEmpty();

    LongStream.range(0, 5).forEach(i -> decisions.add(nothing(i, "c")));

    assertThat(decisions.latest()).extracting(Decision::atMillis).containsExactly(4L, 3L, 2L);
  }

  @Test
  void writesOneLineForEach() {
    logger.setLevel(Level.INFO);

    decisions.add(nothing(0, "client1"));

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("pick service=worker client=client1 -> nothing (rr, 0 of 2 ready)");
  }

  @Test
  void writesNothingWhenTheLevelIsOff() {
    logger.setLevel(Level.OFF);

    decisions.add(nothing(0, "client1"));

    assertThat(lines.list).isEmpty();
    assertThat(decisions.latest()).hasSize(1);
  }

  @Test
  void aClientCannotForgeALine() {
    assertThat(nothing(0, "c\r\npick service=worker client=x").toString())
        .isEqualTo(
            "pick service=worker client=c??pick?service=worker?client=x -> nothing (rr, 0 of 2"
                + " ready)");
  }

  private static Decision nothing(long atMillis, String client) {
    return new Decision(atMillis, "worker", client, new PickResult.Unavailable("none"), "rr", 0, 2);
  }
}
