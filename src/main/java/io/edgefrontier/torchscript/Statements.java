package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Interpreter.Frame;
import io.edgefrontier.torchscript.Syntax.Assert;
import io.edgefrontier.torchscript.Syntax.Assign;
import io.edgefrontier.torchscript.Syntax.Branch;
import io.edgefrontier.torchscript.Syntax.Call;
import io.edgefrontier.torchscript.Syntax.Element;
import io.edgefrontier.torchscript.Syntax.Evaluate;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.For;
import io.edgefrontier.torchscript.Syntax.If;
import io.edgefrontier.torchscript.Syntax.Jump;
import io.edgefrontier.torchscript.Syntax.Member;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Syntax.Pass;
import io.edgefrontier.torchscript.Syntax.Return;
import io.edgefrontier.torchscript.Syntax.Statement;
import io.edgefrontier.torchscript.Syntax.Unsupported;
import io.edgefrontier.torchscript.Syntax.While;
import io.edgefrontier.torchscript.Syntax.With;
import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes statements for the {@link Interpreter}. */
final class Statements {
  private final Interpreter interpreter;
  private final Evaluator evaluator;
  private final GraphBuilder graph;
  private final boolean variablesNameNodes;

  Statements(
      Interpreter interpreter,
      Evaluator evaluator,
      GraphBuilder graph,
      boolean variablesNameNodes) {
    this.interpreter = interpreter;
    this.evaluator = evaluator;
    this.graph = graph;
    this.variablesNameNodes = variablesNameNodes;
  }

  /** Executes statements in order, until one of them goes elsewhere. */
  Flow run(List<Statement> statements, Frame frame) throws IOException {
    for (Statement statement : statements) {
      evaluator.enter(frame, statement.line());
      Flow flow = execute(statement, frame);
      evaluator.leave();
      if (flow != Flow.Way.NEXT) {
        return flow;
      }
    }
    return Flow.Way.NEXT;
  }

  private Flow execute(Statement statement, Frame frame) throws IOException {
    if (statement instanceof Assign assign) {
      assign(assign, frame);
    } else if (statement instanceof Evaluate expression) {
      evaluator.evaluate(expression.value(), frame);
    } else if (statement instanceof Return result) {
      return new Flow.Returned(evaluator.evaluate(result.value(), frame));
    } else if (statement instanceof If choice) {
      return choose(choice, frame);
    } else if (statement instanceof For loop) {
      return repeat(loop, frame);
    } else if (statement instanceof While loop) {
      return repeat(loop, frame);
    } else if (statement instanceof With with) {
      return within(with, frame);
    } else if (statement instanceof Assert check) {
      check(check, frame);
    } else if (statement instanceof Jump jump) {
      return jump.leave() ? Flow.Way.BREAK : Flow.Way.CONTINUE;
    } else if (statement instanceof Unsupported unsupported) {
      throw interpreter.error(
          frame,
          statement.line(),
          "'%s' is not supported; TorchScript never writes it".formatted(unsupported.keyword()));
    } else if (!(statement instanceof Pass)) {
      throw new IllegalStateException("no way to execute " + statement.getClass());
    }
    return Flow.Way.NEXT;
  }

  private Flow choose(If choice, Frame frame) throws IOException {
    for (Branch branch : choice.branches()) {
      if (branch.condition().isEmpty() || evaluator.holds(branch.condition().get(), frame)) {
        return run(branch.body(), frame);
      }
    }
    return Flow.Way.NEXT;
  }

  private Flow repeat(While loop, Frame frame) throws IOException {
    while (evaluator.holds(loop.condition(), frame)) {
      Flow flow = run(loop.body(), frame);
      if (flow == Flow.Way.BREAK) {
        break;
      } else if (flow instanceof Flow.Returned) {
        return flow;
      }
    }
    return Flow.Way.NEXT;
  }

  private Flow repeat(For loop, Frame frame) throws IOException {
    if (loop.items() instanceof Call call
        && call.function() instanceof Name name
        && name.name().equals("range")) {
      return count(loop, range(call, frame), frame);
    }
    Value items = evaluator.evaluate(loop.items(), frame);
    List<Value> values;
    if (items instanceof Sequence sequence) {
      values = sequence.items();
    } else if (items instanceof Dictionary dictionary) {
      evaluator.spend(dictionary.items().size(), frame, loop.line());
      values = List.copyOf(dictionary.items().keySet());
    } else {
      throw interpreter.error(
          frame, loop.line(), "for goes over %s, expected a list".formatted(Value.describe(items)));
    }
    for (int i = 0; i < values.size(); i++) { // the loop may change the list
      Flow flow = round(loop, values.get(i), frame);
      if (flow == Flow.Way.BREAK) {
        break;
      } else if (flow instanceof Flow.Returned) {
        return flow;
      }
    }
    return Flow.Way.NEXT;
  }

  private Flow count(For loop, long[] range, Frame frame) throws IOException {
    long length = NumberOperators.rangeLength(range[0], range[1], range[2]);
    for (long i = 0; i < length; i++) {
      Flow flow = round(loop, new Int(range[0] + i * range[2]), frame);
      if (flow == Flow.Way.BREAK) {
        break;
      } else if (flow instanceof Flow.Returned) {
        return flow;
      }
    }
    return Flow.Way.NEXT;
  }

  private Flow round(For loop, Value item, Frame frame) throws IOException {
    evaluator.spend(1, frame, loop.line()); // the body may be empty
    assign(loop.targets(), loop.targets().size() > 1, item, loop.line(), frame);
    return run(loop.body(), frame);
  }

  /** Returns start, end and step of a range. */
  private long[] range(Call call, Frame frame) throws IOException {
    long[] range = {0, 0, 1};
    int count = call.arguments().size();
    if (count < 1 || count > 3 || !call.named().isEmpty()) {
      throw interpreter.error(frame, call.line(), "range takes one to three integers");
    }
    for (int i = 0; i < count; i++) {
      Value value = evaluator.evaluate(call.arguments().get(i), frame);
      if (!(value instanceof Int integer) || (i == 2 && integer.value() == 0)) {
        throw interpreter.error(
            frame,
            call.line(),
            "range is given %s, expected a known integer".formatted(Value.describe(value)));
      }
      range[count == 1 ? 1 : i] = integer.value();
    }
    return range;
  }

  private Flow within(With with, Frame frame) throws IOException {
    Value context = evaluator.evaluate(with.context(), frame);
    if (!(context instanceof Instance instance)) {
      throw interpreter.error(
          frame, with.line(), "with is given %s".formatted(Value.describe(context)));
    }
    Value entered = interpreter.callMethod(instance, "__enter__", List.of(), Map.of());
    if (with.target().isPresent()) {
      put(with.target().get(), entered, frame);
    }
    Flow flow = run(with.body(), frame);
    List<Value> noError = List.of(None.NONE, None.NONE, None.NONE);
    interpreter.callMethod(instance, "__exit__", noError, Map.of());
    return flow;
  }

  private void check(Assert check, Frame frame) throws IOException {
    if (!evaluator.holds(check.condition(), frame)) {
      Optional<Expression> message = check.message();
      String text =
          message.isEmpty()
              ? ""
              : ": " + TextOperators.plain(evaluator.evaluate(message.get(), frame));
      throw interpreter.error(
          frame, check.line(), "an assertion fails" + ArchiveInput.printable(text));
    }
  }

  private void assign(Assign assign, Frame frame) throws IOException {
    int before = graph.size();
    Value value = evaluator.evaluate(assign.value(), frame);
    if (assign.targets().get(0) instanceof Name name
        && !assign.several()
        && value instanceof Symbol symbol
        && graph.size() > before // else it is another variable's value
        && variablesNameNodes) {
      graph.renameLast(symbol, name.name());
    }
    assign(assign.targets(), assign.several(), value, assign.line(), frame);
  }

  private void assign(List<Expression> targets, boolean several, Value value, int line, Frame frame)
      throws IOException {
    if (!several) {
      put(targets.get(0), value, frame);
      return;
    }
    if (!(value instanceof Sequence sequence) || sequence.items().size() != targets.size()) {
      throw interpreter.error(
          frame,
          line,
          "%d variables are given %s".formatted(targets.size(), Value.describe(value)));
    }
    List<Value> items = List.copyOf(sequence.items()); // the list may be a target too
    for (int i = 0; i < targets.size(); i++) {
      evaluator.spend(1, frame, line);
      put(targets.get(i), items.get(i), frame);
    }
  }

  private void put(Expression target, Value value, Frame frame) throws IOException {
    if (target instanceof Name name) {
      frame.locals().put(name.name(), value);
    } else if (target instanceof Member member) {
      Value owner = evaluator.evaluate(member.base(), frame);
      evaluator.members().set(owner, member.name(), value, target.line(), frame);
    } else if (target instanceof Element element) {
      Value base = evaluator.evaluate(element.base(), frame);
      Value index = evaluator.evaluate(element.index(), frame);
      evaluator
          .calls()
          .operator("torch._set_item", List.of(base, index, value), Map.of(), target.line(), frame);
    } else {
      throw interpreter.error(
          frame, target.line(), "only variables, attributes and elements can be assigned");
    }
  }
}
