package dev.lookaside.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchReportTest {
  private static final String HEADER =
      "parameter,value,policy,seed,p99_ms,p99.9_ms,goodput_per_s,share_busiest_in_5_s\n";

  @TempDir Path directory;

  @Test
  void whatIsGainedAndLostIsTheRatioOfMeansAndLossesAreBold() throws IOException {
    Files.writeString(
        directory.resolve("one.csv"),
        HEADER
            + """
            load,0.7,rr,1,100,200,50,1
            load,0.7,rr,2,300,200,50,1
            load,0.7,ll,1,100,300,60,1.1
            load,0.7,ll,2,100,300,60,1.3
            load,0.9,rr,1,TO,TO,10,1
            load,0.9,ll,1,50,60,20,1
            """);

    assertThat(table())
        .contains("| scenario ")
        .containsPattern(
            "\\[one]\\(pages/one.md\\) 0.7 +\\| +100 \\| +\\*\\*0.50 / 1.50, \\+20.0 %\\*\\* \\|")
        .containsPattern("0.9 +\\| +50.0 \\| +TO before / TO before, \\+100.0 % \\|");
  }

  @Test
  void aScenarioWithoutBothPoliciesAndAFileOfOtherColumnsAreLeftOut() throws IOException {
    Files.writeString(directory.resolve("one.csv"), HEADER + ",,ll,1,1,1,1,1\n");
    Files.writeString(directory.resolve("two.csv"), "a,b\n1,2\n");

    assertThat(table()).hasLineCount(2);
  }

  @Test
  void theOverviewShowsEveryPoint() throws IOException {
    Files.writeString(
        directory.resolve("one.csv"),
        HEADER + ",,rr,1,100,200,50,1\n,,ll,1,80,90,60,1.1\n,,ll,2,80,90,60,1.3\n");

    assertThat(new OverviewReport(List.of("rr", "p2c", "ll")).of(directory, ""))
        .containsPattern("\\[one]\\(one.md\\) \\| 100 \\(1.00\\) \\| +\\| 80.0 \\(1.20\\) \\|");
  }

  private String table() throws IOException {
    return new SwitchReport(List.of("rr"), "ll").of(directory, "pages/");
  }
}
