using System.Reflection;
using System.Text.Json;
using Hangfire.Server;

namespace Hangfire.Common;

/// <summary>A job as JSON: names of its type, method and parameter types, and the arguments.</summary>
internal sealed record StoredJob(string Type, string Method, string[] ParameterTypes, JsonElement[] Arguments, string? Queue)
{
    public static string Write(Job job)
    {
        var parameters = job.Method.GetParameters();
        return JsonSerializer.Serialize(new StoredJob(
            NameOf(job.Type),
            job.Method.Name,
            [.. parameters.Select(parameter => NameOf(parameter.ParameterType))],
            [.. parameters.Zip(job.Args, (parameter, value) => JsonSerializer.SerializeToElement(
                JobParameters.IsGivenAtRunTime(parameter.ParameterType) ? null : value, TypeToWrite(parameter.ParameterType)))],
            job.Queue));
    }

    /// <exception cref="JobLoadException">This build lacks the type or the method, or an argument does not fit.</exception>
    public static Job Read(string json)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<StoredJob>(json) ?? throw new JsonException("An empty job.");
            var type = System.Type.GetType(stored.Type, throwOnError: true)
                ?? throw new TypeLoadException(stored.Type);
            var parameterTypes = stored.ParameterTypes.Select(name => System.Type.GetType(name, throwOnError: true) ?? throw new TypeLoadException(name)).ToArray();
            var method = Find(type, stored.Method, parameterTypes) ?? throw new MissingMethodException(stored.Type, stored.Method);
            var arguments = stored.Arguments.Zip(parameterTypes, (value, parameter) =>
                JobParameters.IsGivenAtRunTime(parameter) ? null : value.Deserialize(parameter));
            return Job.Load(type, method, [.. arguments], stored.Queue);
        }
        catch (Exception exception) when (exception is JsonException or TypeLoadException or MissingMethodException or IOException
            or BadImageFormatException or NotSupportedException or ArgumentException)
        {
            throw new JobLoadException($"Could not load the job: {exception.Message}", exception);
        }
    }

    private static Type TypeToWrite(Type parameter) => JobParameters.IsGivenAtRunTime(parameter) ? typeof(object) : parameter;

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <summary>An interface inherits no members, so its bases are searched too.</summary>
    private static MethodInfo? Find(Type type, string name, Type[] parameterTypes) =>
        new[] { type }.Concat(type.IsInterface ? type.GetInterfaces() : [])
            .Select(one => one.GetMethod(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy, parameterTypes))
            .FirstOrDefault(method => method is not null);
}
