package dev.lookaside.simulator.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a scenario strictly: what it does not know is an error, with the place. */
public final class ScenarioFile {
  private static final long MAX_BYTES = 1 << 20;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()))
          .build();

  private ScenarioFile() {}

  /** The scenarios of the file: one for each value of its sweep, or a single one. */
  public static List<ScenarioPoint> read(Path file) throws ScenarioException {
    return read(file, Optional.empty());
  }

  /**
   * Likewise.
   *
   * @param trace to replay in place of the one that the scenario names
   */
  public static List<ScenarioPoint> read(Path file, Optional<Path> trace) throws ScenarioException {
    YAMLMapper mapper =
        MAPPER
            .rebuild()
            .addModule(
                new SimpleModule("traces")
                    .addDeserializer(Replay.class, new ReplayDeserializer(file, trace)))
            .build();
    String text = text(file);
    Complaint complaint = new Complaint(file.toString(), new Places(text));
    if (text.isBlank()) {
      throw new ScenarioException(file + ": the file is empty (expected: a scenario)");
    }
    Scenario scenario;
    JsonNode tree;
    try {
      scenario = mapper.readValue(text, Scenario.class);
      tree = mapper.readTree(text);
    } catch (JacksonException e) {
      throw complaint.about(e);
    }
    Sweep sweep = scenario.sweep();
    if (sweep == null) {
      return List.of(new ScenarioPoint("", "", scenario));
    }
    List<ScenarioPoint> points = new ArrayList<>();
    for (JsonNode value : sweep.values()) {
      JsonNode changed = tree.deepCopy();
      for (String path : sweep.paths()) {
        TreePath.of(path, complaint).put(changed, value);
      }
      try {
        points.add(
            new ScenarioPoint(
                sweep.path(), value.asString(), mapper.treeToValue(changed, Scenario.class)));
      } catch (JacksonException e) {
        throw complaint.aboutSweep(sweep.path(), value, e);
      }
    }
    return points;
  }

  private static String text(Path file) throws ScenarioException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ScenarioException(
            file + ": the file is larger than 1 MiB (expected: a scenario)");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ScenarioException(file + ": there is no such file (expected: a scenario)", e);
    } catch (IOException e) {
      throw new ScenarioException(
          file + ": cannot be read: " + e.getMessage() + " (expected: a scenario in UTF-8)", e);
    }
  }
}
