package dev.lookaside.testing.arch;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Reading a clock, a shared source of chance, or sleeping: what code gets as arguments instead. */
final class Clockwork {
  private Clockwork() {}

  static ArchCondition<JavaClass> readTimeOrChance() {
    return callMethod(System.class, "nanoTime")
        .or(callMethod(System.class, "currentTimeMillis"))
        .or(callMethod(Math.class, "random"))
        .or(callMethod(Thread.class, "sleep", long.class))
        .or(callMethod(Thread.class, "sleep", long.class, int.class))
        .or(callMethod(Instant.class, "now"))
        .or(callMethod(Clock.class, "systemUTC"))
        .or(callMethod(Clock.class, "systemDefaultZone"))
        .or(
            dependOnClassesThat(
                JavaClass.Predicates.belongToAnyOf(ThreadLocalRandom.class, Random.class)))
        .as("read a clock or a shared source of chance");
  }
}
