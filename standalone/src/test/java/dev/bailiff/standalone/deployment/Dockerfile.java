package dev.bailiff.standalone.deployment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The instructions of a Dockerfile, by stage. */
final class Dockerfile {

  /** An instruction with its arguments on one line. */
  record Instruction(String name, String arguments) {}

  private final List<List<Instruction>> stages = new ArrayList<>();

  private Dockerfile() {}

  static Dockerfile read(Path path) throws IOException {
    Dockerfile file = new Dockerfile();
    String text =
        Files.readString(path).replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", "");
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      String[] parts = line.split("\\s+", 2);
      if (parts[0].equals("FROM")) {
        file.stages.add(new ArrayList<>());
      }
      file.stages.get(file.stages.size() - 1).add(new Instruction(parts[0], parts[1]));
    }
    return file;
  }

  /** Arguments of all instructions with this name in the first stage. */
  List<String> inBuild(String name) {
    return arguments(stages.get(0), name);
  }

  /** Arguments of all instructions with this name in the last stage, which becomes the image. */
  List<String> inImage(String name) {
    return arguments(stages.get(stages.size() - 1), name);
  }

  /** The arguments of the one instruction that is written as a JSON array. */
  List<String> imageCommand(String name) throws IOException {
    return new ObjectMapper().readValue(inImage(name).get(0), new TypeReference<>() {});
  }

  private static List<String> arguments(List<Instruction> stage, String name) {
    return stage.stream()
        .filter(instruction -> instruction.name().equals(name))
        .map(Instruction::arguments)
        .toList();
  }
}
