package dev.lookaside.trials.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lookaside.trials.load.LoadResult;
import org.junit.jupiter.api.Test;

final class PolicyRowTest {
  private static final String CSV =
      """
      a warning of the JVM
      group,name,done,share,refused,mean_ms,p50_ms,p90_ms,p99_ms,p999_ms,max_ms,failed
      all,all,5990,1.0000,0,65.2,55.1,120,225,362,400,10
      worker,fast,3000,0.5008,0,30,25,60,99,120,140,0
      worker,slow1,2990,0.4992,0,80,80,160,225,362,400,10
      failed,DEADLINE_EXCEEDED,10,,,,,,,,,
      run,goodput_per_second,199.667,,,,,,,,,
      run,busiest_over_mean,2.500,,,,,,,,,
      run,jain,0.400,,,,,,,,,
      """;

  @Test
  void aLineHasEveryColumnOfTheHeader() {
    String line = new PolicyRow("ll", LoadResult.read("ll", CSV)).line();

    assertThat(line)
        .isEqualTo(
            "| `ll` | 65 | 55 | 225 | 362 | 400 | 10 | 199.7 | 2.50 | 0.00 | 0.40 |"
                + " 49.9 % | 0.0 % | 0.0 % | 0.0 % | 50.1 % |");
    assertThat(PolicyRow.header().lines())
        .allSatisfy(row -> assertThat(columns(row)).isEqualTo(columns(line)));
  }

  @Test
  void aLoadThatPrintedNoTableIsToldWithWhatItPrinted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadResult.read("ll", "no balancer answers"))
        .withMessageContaining("no balancer answers");
  }

  private static long columns(String row) {
    return row.chars().filter(c -> c == '|').count();
  }
}
