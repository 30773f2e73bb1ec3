package io.edgefrontier.page;

import com.google.gson.JsonElement;
import java.util.List;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;

/**
 * Runs this package's own scripts, interpreted. They see the objects of JavaScript and nothing
 * else: no Java class, no file, no network. What they work on goes in as JSON, never as code.
 *
 * <p>Not for use by several threads at once.
 */
public final class ScriptEngine {
  private static final ContextFactory FACTORY = new ContextFactory();

  private final ScriptableObject scope;

  private ScriptEngine(ScriptableObject scope) {
    this.scope = scope;
  }

  /** Returns an engine that has loaded all that draws a picture. */
  public static ScriptEngine drawing() {
    return of(Scripts.DRAWING);
  }

  /** Returns an engine that has loaded these resources, in this order. */
  static ScriptEngine of(List<String> scripts) {
    return FACTORY.call(
        context -> {
          prepare(context);
          ScriptableObject scope = context.initSafeStandardObjects();
          for (String name : scripts) {
            context.evaluateString(scope, Scripts.text(name), name, 1, null);
          }
          return new ScriptEngine(scope);
        });
  }

  /**
   * Calls a function of JSON-like values.
   *
   * @param function an expression of the caller's own, such as {@code EF_PLOT.draw}; never foreign
   *     text
   * @return what it returned: text as it is, anything else as JSON
   * @throws IllegalStateException if the script fails
   */
  public String call(String function, JsonElement... arguments) {
    return FACTORY.call(
        context -> {
          prepare(context);
          try {
            Object[] values = new Object[arguments.length];
            Function parse = function(context, "JSON.parse");
            for (int i = 0; i < values.length; i++) {
              values[i] = parse.call(context, scope, scope, new Object[] {arguments[i].toString()});
            }
            Object answer = function(context, function).call(context, scope, scope, values);
            return answer instanceof CharSequence text
                ? text.toString()
                : Context.toString(
                    function(context, "JSON.stringify")
                        .call(context, scope, scope, new Object[] {answer}));
          } catch (RhinoException e) {
            throw new IllegalStateException(function + " failed: " + e.getMessage(), e);
          }
        });
  }

  private Function function(Context context, String expression) {
    return (Function) context.evaluateString(scope, expression, expression, 1, null);
  }

  private static void prepare(Context context) {
    context.setLanguageVersion(Context.VERSION_ES6);
    context.setInterpretedMode(true); // they run a few times at most, and load no class so
    context.setClassShutter(name -> false);
  }
}
