namespace Hangfire.Storage.Monitoring;

/// <summary>Jobs by id, in order.</summary>
#pragma warning disable CA1710 // The real name.
public class JobList<TDto>(IEnumerable<KeyValuePair<string, TDto>> source) : List<KeyValuePair<string, TDto>>(source);
#pragma warning restore CA1710
