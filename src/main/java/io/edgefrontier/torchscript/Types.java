package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Syntax.Element;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Items;
import io.edgefrontier.torchscript.Syntax.Literal;
import io.edgefrontier.torchscript.Syntax.Member;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;

/** Types as code spells them, for {@code isinstance}; what a list holds is not looked at. */
final class Types {
  private static final int MAX_NAME = 500;

  private Types() {}

  /** Returns whether a value is of a type, or of one of a tuple of types. */
  static boolean isInstance(Value value, Expression type, Work work) throws IOException {
    work.spend(1);
    if (type instanceof Items types) {
      for (Expression one : types.items()) {
        if (isInstance(value, one, work)) {
          return true;
        }
      }
      return false;
    } else if (type instanceof Literal none) {
      return none.value() == None.NONE && value == None.NONE;
    } else if (type instanceof Element generic) {
      return isGeneric(value, generic, work);
    } else if (type instanceof Member) {
      String className =
          value instanceof Instance instance
              ? instance.className()
              : value instanceof Sequence tuple ? tuple.className() : "";
      return dotted(type).equals(className);
    } else if (type instanceof Name name) {
      return switch (name.name()) {
        case "Tensor" -> isTensor(value);
        case "int" -> value instanceof Int || value instanceof BatchMultiple;
        case "float" -> value instanceof Real;
        case "number" ->
            value instanceof Int || value instanceof BatchMultiple || value instanceof Real;
        case "bool" -> value instanceof Bool;
        case "str" -> value instanceof Text;
        case "NoneType" -> value == None.NONE;
        case "list" -> value instanceof Sequence sequence && sequence.isList();
        case "tuple" -> value instanceof Sequence sequence && !sequence.isList();
        case "dict" -> value instanceof Dictionary;
        case "Any" -> true;
        default -> false;
      };
    }
    return false;
  }

  private static boolean isGeneric(Value value, Element type, Work work) throws IOException {
    if (!(type.base() instanceof Name name)) {
      return false;
    }
    return switch (name.name()) {
      case "List" -> value instanceof Sequence sequence && sequence.isList();
      case "Tuple" -> value instanceof Sequence sequence && !sequence.isList();
      case "Dict" -> value instanceof Dictionary;
      case "Optional" -> value == None.NONE || isInstance(value, type.index(), work);
      case "Union" -> isInstance(value, type.index(), work);
      default -> false;
    };
  }

  /** Returns whether a value is a tensor, computed or stored. */
  static boolean isTensor(Value value) {
    return value instanceof Symbol || value instanceof Stored || value instanceof Attribute;
  }

  private static String dotted(Expression type) {
    if (type instanceof Member member) {
      String base = dotted(member.base());
      return base.length() > MAX_NAME ? base : base + "." + member.name();
    }
    return type instanceof Name name ? name.name() : "";
  }
}
