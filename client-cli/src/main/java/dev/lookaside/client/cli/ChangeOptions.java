package dev.lookaside.client.cli;

import dev.lookaside.v1.ChangeNote;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that changes something. */
final class ChangeOptions {

  @Option(
      names = "--why",
      paramLabel = "<reason>",
      defaultValue = "",
      description = "Why, for those who look at it later: at most 256 characters")
  private String why = "";

  @Option(
      names = "--as",
      paramLabel = "<name>",
      defaultValue = "${sys:user.name}",
      description = {
        "Who asks, where no certificate and no token proves it. Default: the user of this process"
      })
  private String by = "";

  @Option(
      names = "--if-revision",
      paramLabel = "<number>",
      description = {
        "Change nothing if others have decided something since this revision, which workers and"
            + " every change print. Default: change it whatever they decided"
      })
  private @Nullable Long revision;

  ChangeNote note() {
    ChangeNote.Builder note = ChangeNote.newBuilder().setWhy(why).setClaimedBy(by);
    if (revision != null) {
      note.setExpectedRevision(revision);
    }
    return note.build();
  }
}
