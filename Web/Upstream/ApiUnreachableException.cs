namespace Platform.Web.Upstream;

/// <summary>The Api gave no usable answer: not there, too slow, or a 5xx of its own.</summary>
internal sealed class ApiUnreachableException(string message, Exception? innerException = null) : Exception(message, innerException);
