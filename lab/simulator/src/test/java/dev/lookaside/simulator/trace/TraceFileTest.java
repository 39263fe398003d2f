package dev.lookaside.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFileTest {
  private static final String THREE =
      """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2023-11-16 18:15:46.6805900,374,44
      2023-11-16 18:15:50.6805900,396,109
      2023-11-16 18:15:50.9305900,879,55
      """;

  @TempDir Path directory;

  @Test
  void aRequestComesWhenItsTimeSaysCountedFromTheFirst() throws Exception {
    Trace trace = read(THREE, "", "GeneratedTokens + 0.1 * ContextTokens");

    assertThat(trace.size()).isEqualTo(3);
    assertThat(trace.atNanos(0)).isZero();
    assertThat(trace.atNanos(1)).isEqualTo(4_000_000_000L);
    assertThat(trace.atNanos(2)).isEqualTo(4_250_000_000L);
    assertThat(trace.spanNanos()).isEqualTo(4_250_000_000L);
    assertThat(trace.work(0)).isEqualTo(44 + 37.4);
    assertThat(trace.sumOfWork()).isEqualTo(44 + 109 + 55 + 0.1 * (374 + 396 + 879));
  }

  @Test
  void withoutNamesTheFirstColumnIsTheTimeAndTheSecondTheWork() throws Exception {
    Trace trace = read("seconds,work,other\n1.5,10,x\n2,20,y\n", "", "");

    assertThat(trace.atNanos(1)).isEqualTo(500_000_000L);
    assertThat(trace.work(1)).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t,w\n1,10\n3,30\n", "t;w\n3;30\n1;10\n", "t\tw\r\n\r\n1\t10\r\n3\t30"})
  void separatorsEndsOfLinesAndTheOrderOfRowsMakeNoDifference(String text) throws Exception {
    Trace trace = read(text, "t", "w");

    assertThat(trace.spanNanos()).isEqualTo(2_000_000_000L);
    assertThat(trace.work(0)).isEqualTo(10);
  }

  @Test
  void quotesAndAMarkAtTheBeginningAreNotPartOfValues() throws Exception {
    Trace trace = read("\uFEFF\"when\",\"how, much\"\n\"1\",\"10\"\n", "when", "2 * [how, much]");

    assertThat(trace.work(0)).isEqualTo(20);
  }

  @Test
  void theExtractThatComesWithTheSimulatorIsATrace() throws Exception {
    Trace trace =
        new TraceFile(
                Path.of("traces/azure-llm-conv-2023-extract.csv"), "TIMESTAMP", "GeneratedTokens")
            .read();

    assertThat(trace.size()).isEqualTo(2_000);
    assertThat(trace.sumOfWork()).isGreaterThan(100 * trace.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "879,55 | 879,many | :4: GeneratedTokens is 'many' (expected: a number)",
        "879,55 | 879,-90 | :4: the work, GeneratedTokens + 0.1 * ContextTokens, is -2.0999",
        "879,55 | 879 | :4: 2 values (expected: 3, as many as there are columns)",
        "879,55 | 879,NaN | :4: GeneratedTokens is 'NaN' (expected: a number)",
        "879,55 | 879, | :4: GeneratedTokens is '' (expected: a number)",
        "GeneratedTokens | Output | :1: there is no column 'GeneratedTokens' (expected: one of TIMESTAMP, ContextTokens, Output)",
        "2023-11-16 18:15:50.9305900 | yesterday | :4: TIMESTAMP is 'yesterday' (expected: seconds, such as 12.5, or a time such as 2023-11-16 18:15:46.68, within 292 years of 1970)",
      })
  void aMistakeIsToldWithItsLineAndWhatIsAllowed(String good, String bad, String expected)
      throws IOException {
    String text = THREE.replace(good, bad);
    assertThat(complaint(text, "GeneratedTokens + 0.1 * ContextTokens")).startsWith(expected);
  }

  @Test
  void aFileWithoutRequestsIsAMistake() throws IOException {
    assertThat(complaint("", ""))
        .isEqualTo(": the file is empty (expected: a line of column names)");
    assertThat(complaint("a,b\n", ""))
        .isEqualTo(": there is no row (expected: at least one request)");
    assertThat(complaint("a\n1\n", ""))
        .isEqualTo(":1: there is one column, a (expected: a time and a work column)");
  }

  @Test
  void whatIsNoTextIsAMistake() throws IOException {
    Path file = Files.write(directory.resolve("t.csv"), new byte[] {'a', ',', (byte) 0xC3, 0x28});
    TraceException e =
        catchThrowableOfType(TraceException.class, () -> new TraceFile(file, "", "").read());

    assertThat(e).hasMessage(file + ": is not text in UTF-8 (expected: a CSV file)");
  }

  @Test
  void aFileThatIsNotThereIsAMistake() {
    Path file = directory.resolve("none.csv");
    TraceException e =
        catchThrowableOfType(TraceException.class, () -> new TraceFile(file, "", "").read());

    assertThat(e)
        .hasMessage(
            file + ": there is no such file (expected: a CSV file with a time and a work column)");
  }

  private Trace read(String text, String time, String work) throws IOException, TraceException {
    Path file = directory.resolve("t.csv");
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return new TraceFile(file, time, work).read();
  }

  /** The message without the name of the file. */
  private String complaint(String text, String work) {
    TraceException e = catchThrowableOfType(TraceException.class, () -> read(text, "", work));
    return String.valueOf(e.getMessage()).replace(directory.resolve("t.csv").toString(), "");
  }
}
