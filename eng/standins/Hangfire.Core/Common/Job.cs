using System.Linq.Expressions;
using System.Reflection;

namespace Hangfire.Common;

/// <summary>A call to be made later: a public method and its arguments.</summary>
public class Job
{
    private Job(Type type, MethodInfo method, IReadOnlyList<object?> args, string? queue, bool isLoaded)
    {
        if (!isLoaded)
        {
            RejectWhatCannotBeStored(type, method);
        }

        Type = type;
        Method = method;
        Args = args;
        Queue = queue;
    }

    /// <exception cref="NotSupportedException">The method is not public, is generic or has by-reference parameters.</exception>
    public Job(Type type, MethodInfo method, IReadOnlyList<object?> args, string? queue)
        : this(type, method, args, queue, isLoaded: false)
    {
    }

    /// <summary>What is resolved from the container to make the call.</summary>
    public Type Type { get; }

    public MethodInfo Method { get; }

    public IReadOnlyList<object?> Args { get; }

    /// <summary>The queue that was asked for when the job was created; null when none was.</summary>
    public string? Queue { get; }

    public static Job FromExpression(Expression<Action> methodCall) => FromExpression(methodCall, null);

    public static Job FromExpression(Expression<Action> methodCall, string? queue) => FromCall(methodCall, null, queue);

    public static Job FromExpression(Expression<Func<Task>> methodCall) => FromExpression(methodCall, null);

    public static Job FromExpression(Expression<Func<Task>> methodCall, string? queue) => FromCall(methodCall, null, queue);

    public static Job FromExpression<TType>(Expression<Action<TType>> methodCall) => FromExpression(methodCall, null);

    public static Job FromExpression<TType>(Expression<Action<TType>> methodCall, string? queue) => FromCall(methodCall, typeof(TType), queue);

    public static Job FromExpression<TType>(Expression<Func<TType, Task>> methodCall) => FromExpression(methodCall, null);

    public static Job FromExpression<TType>(Expression<Func<TType, Task>> methodCall, string? queue) => FromCall(methodCall, typeof(TType), queue);

    /// <summary><c>ReportJobs.Send</c></summary>
    public override string ToString() => $"{Type.Name}.{Method.Name}";

    internal static Job Load(Type type, MethodInfo method, IReadOnlyList<object?> args, string? queue) =>
        new(type, method, args, queue, isLoaded: true);

    private static Job FromCall(LambdaExpression lambda, Type? type, string? queue)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        if (lambda.Body is not MethodCallExpression call)
        {
            throw new ArgumentException("Expression body should be of type `MethodCallExpression`", nameof(lambda));
        }

        if (type is null && call.Object is not null)
        {
            type = ValueOf(call.Object)?.GetType() ?? throw new InvalidOperationException("The object of the call is null.");
        }

        return new Job(type ?? call.Method.DeclaringType ?? throw new NotSupportedException("Global methods cannot be jobs."),
            call.Method, [.. call.Arguments.Select(ValueOf)], queue);
    }

    private static object? ValueOf(Expression expression) => expression is ConstantExpression constant
        ? constant.Value
        : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

    private static void RejectWhatCannotBeStored(Type type, MethodInfo method)
    {
        if (!method.IsPublic)
        {
            throw new NotSupportedException($"Only public methods can be jobs: {type.Name}.{method.Name} is not.");
        }

        if (method.IsGenericMethod || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
        {
            throw new NotSupportedException($"{type.Name}.{method.Name} is generic or has a by-reference parameter.");
        }
    }
}
