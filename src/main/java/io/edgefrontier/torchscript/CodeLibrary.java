package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Lexer.Token;
import io.edgefrontier.torchscript.Syntax.ClassDefinition;
import io.edgefrontier.torchscript.Syntax.CodeFile;
import io.edgefrontier.torchscript.Syntax.Function;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The code of an archive, parsed file by file when something in it is asked for. */
final class CodeLibrary {
  /** A function with the file that it stands in. */
  record Located(CodeFile file, Function function) {}

  /** A class with the file that it stands in. */
  record LocatedClass(CodeFile file, ClassDefinition definition) {}

  // Several times the code of the largest networks that are traced.
  private static final long MAX_CODE = 8 << 20;
  private static final int MAX_TOKENS = 1_000_000;

  private final ArchiveInput archive;
  private final Map<String, CodeFile> files = new HashMap<>();
  private long bytes;
  private int tokens;

  CodeLibrary(ArchiveInput archive) {
    this.archive = archive;
  }

  /** Returns the class with this qualified name, such as {@code __torch__.Net}. */
  LocatedClass classOf(String qualified) throws IOException {
    CodeFile file = fileOf(qualified);
    ClassDefinition definition = file.classes().get(simpleName(qualified));
    if (definition == null) {
      throw archive.error(file.entry(), "has no class " + qualified + "; re-export the archive");
    }
    return new LocatedClass(file, definition);
  }

  /** Returns the class with this qualified name, or empty if it is a function's or nothing's. */
  Optional<ClassDefinition> optionalClass(String qualified) throws IOException {
    return Optional.ofNullable(fileOf(qualified).classes().get(simpleName(qualified)));
  }

  /** Returns the free function with this qualified name. */
  Located function(String qualified) throws IOException {
    CodeFile file = fileOf(qualified);
    Function function = file.functions().get(simpleName(qualified));
    if (function == null) {
      throw archive.error(file.entry(), "has no function " + qualified + "; re-export the archive");
    }
    return new Located(file, function);
  }

  private static String simpleName(String qualified) {
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  private CodeFile fileOf(String qualified) throws IOException {
    String module = qualified.substring(0, Math.max(0, qualified.lastIndexOf('.')));
    String entry = "code/" + module.replace('.', '/') + ".py";
    CodeFile known = files.get(entry);
    if (known != null) {
      return known;
    }
    if (!archive.has(entry)) {
      throw archive.error(
          entry, "is missing; it should define " + qualified + ", which has no code elsewhere");
    }
    bytes += archive.size(entry);
    if (bytes > MAX_CODE) {
      throw archive.error(entry, "makes more than " + MAX_CODE + " bytes of code");
    }
    try {
      List<Token> split = Lexer.tokens(archive.text(entry), MAX_TOKENS - tokens);
      tokens += split.size();
      CodeFile parsed = Parser.parse(entry, split);
      files.put(entry, parsed);
      return parsed;
    } catch (SyntaxException e) {
      throw new IOException(
          archive.error(entry, "line %d: %s".formatted(e.line(), e.getMessage())).getMessage(), e);
    }
  }
}
