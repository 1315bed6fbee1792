namespace Platform.Tests.Infrastructure;

/// <summary>
/// Classes that share <see cref="SharedPlatform"/>, one after the other: starting one costs two processors three seconds. Their tests look only at
/// what they made themselves, and leave the hosts running and the model server as it was.
/// </summary>
[CollectionDefinition(Name)]
public sealed class SharedPlatformCollection : ICollectionFixture<SharedPlatform>
{
    public const string Name = "Shared platform";
}
