package dev.lookaside.simulator.recording;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lookaside.simulator.recording.Recording.Call;
import dev.lookaside.simulator.recording.Recording.Ending;
import dev.lookaside.simulator.trace.TraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingFileTest {
  private static final String WHOLE =
      """
      # lookaside trace: 1
      # service: worker
      # policy: ll
      # duration: 2.000000
      kind,time,endpoint,latency,ending,dating,condition,weight,capacity,in_flight,utilization
      load,0.000100,w1,,,,ready,1,4,2,0.5
      load,0.000100,"w,2",,,,draining,1,1,,
      load,0.100100,w1,,,,ready,1,4,1,0.4
      load,0.100100,"w,2",,,,ready,1,1,,
      call,0.500000,w1,0.051000,succeeded,pick,,,,,
      call,0.250000,"w,2",0.001000,failed,statistics,,,,,
      # left out: 3
      # pickers: 2
      # complete: yes
      """;

  @TempDir Path directory;

  @Test
  void readsCallsInOrderOfTimeAndWhatIsKnownOfWorkers() throws Exception {
    Recording recording = read(WHOLE);

    assertThat(recording.service()).isEqualTo("worker");
    assertThat(recording.policies()).containsExactly("ll");
    assertThat(recording.duration()).isEqualTo(Duration.ofSeconds(2));
    assertThat(recording.pickers()).isEqualTo(2);
    assertThat(recording.leftOut()).isEqualTo(3);
    assertThat(recording.calls())
        .containsExactly(
            new Call(250_000_000, 1_000_000, 0, Ending.FAILED, true),
            new Call(500_000_000, 51_000_000, 1, Ending.SUCCEEDED, false));
    assertThat(recording.workers())
        .containsExactly(
            new Recording.Worker("w,2", 1, 0.5, Double.NaN), new Recording.Worker("w1", 4, 1, 1.5));
  }

  @Test
  void saysWhatKeepsItFromBeingTheWholeTruth() throws Exception {
    assertThat(Caveats.of(read(WHOLE)))
        .containsExactly(
            "3 calls were made that are not in the recording",
            "workers reported 1.5 requests in flight, the recorded calls are 0.0: others called"
                + " them too, through another balancer or without outcomes",
            "50 % of the calls are known by counts only: their times are spread over about a"
                + " second, their latencies right to about 10 %",
            "w,2 could not be picked in 50 % of the time; in the replay it always can");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "call,0.500000|call,x|:10: column 2: time is 'x' (expected: a number from 0 to 86400)",
        "0.051000|-1|:10: column 4: latency is '-1' (expected: a number from 0 to 86400)",
        "0.051000|NaN|:10: column 4: latency is 'NaN' (expected: a number from 0 to 86400)",
        "succeeded|fine|:10: column 5: ending is 'fine' (expected: one of succeeded, failed,",
        ",pick,|,guess,|:10: column 6: dating is 'guess' (expected: one of pick, statistics)",
        "call,0.5|pick,0.5|:10: column 1: kind is 'pick' (expected: one of call, load)",
        "ready,1,4,2|ready,1,0,2|:6: column 9: capacity is '0' (expected: a number from ",
        "draining|gone|:7: column 7: condition is 'gone' (expected: one of ready, connecting,",
        "load,0.000100,w1|load,0.000100,|:6: column 3: endpoint is '' (expected: 1 to 128",
        ",1,4,2,0.5|,1,4|:6: has 9 values (expected: 11, as many as there are columns)",
        "\"w,2\"|\"w,2|:7: is no row of CSV (expected: 11 values)",
        "kind,time|time,kind|:5: the columns are not those of a recording (expected: kind,time",
        "# policy: ll|# policy|:3: is '# policy' (expected: a note such as '# policy: ll')",
        "# policy: ll|# who: ll|: a line '# policy: ...' is missing (expected: one)",
        "trace: 1|trace: 2|: the note lookaside trace is '2' (expected: 1; a newer simulator",
        "2.000000|0|: the note duration is '0' (expected: a number from 0.001 to 86400.0)",
        "pickers: 2|pickers: many|: the note pickers is 'many' (expected: a number)",
        "# complete: yes|# complete: no|: the recording was cut off (expected: a last line",
        "succeeded|failed|: there is no call that succeeded (expected: at least one to replay)",
        "# lookaside trace: 1|time,work|:1: is no recording (expected: a first line '# lookaside",
      })
  void aMistakeIsToldWithItsLineAndColumn(String from, String to, String message) {
    assertThat(WHOLE).contains(from);

    assertThat(mistake(WHOLE.replaceFirst(Pattern.quote(from), to)))
        .startsWith(directory.resolve("trace.csv") + message);
  }

  @Test
  void aFileThatIsNoTextOrNotThereIsOneLine() throws IOException {
    Path bytes = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xC3, (byte) 0x28});

    assertThat(mistake(bytes)).isEqualTo(bytes + ": is not text in UTF-8 (expected: a recording)");
    assertThat(mistake(directory.resolve("none"))).contains("there is no such file");
    assertThat(mistake("")).contains("a line '# lookaside trace: ...' is missing");
  }

  @Test
  void notesAreBounded() {
    String notes = IntStream.range(0, 40).mapToObj("# n%d: x\n"::formatted).collect(joining());

    assertThat(mistake(notes)).contains(":33: there are more notes (expected: at most 32)");
  }

  private Recording read(String text) throws IOException, TraceException {
    return new RecordingFile(Files.writeString(directory.resolve("trace.csv"), text)).read();
  }

  private String mistake(String text) {
    return String.valueOf(
        catchThrowableOfType(TraceException.class, () -> read(text)).getMessage());
  }

  private static String mistake(Path file) {
    return String.valueOf(
        catchThrowableOfType(TraceException.class, () -> new RecordingFile(file).read())
            .getMessage());
  }
}
