namespace Accounts.Api.Http;

/// <summary>The body of an answer. The document shows its example, which stands beside its members.</summary>
public interface IAnswer<TSelf>
    where TSelf : IAnswer<TSelf>
{
    static abstract TSelf Example { get; }
}

/// <summary>The body of an answer that is nothing but a text.</summary>
public interface ITextAnswer<TSelf>
    where TSelf : ITextAnswer<TSelf>
{
    static abstract TSelf Of(string text);
}

/// <summary><c>{"detail": "..."}</c></summary>
public sealed record DetailResponse(string Detail) : ITextAnswer<DetailResponse>
{
    public static DetailResponse Of(string text) => new(text);
}

/// <summary><c>{"message": "..."}</c></summary>
public sealed record MessageResponse(string Message) : ITextAnswer<MessageResponse>
{
    public static MessageResponse Of(string text) => new(text);
}

/// <summary><c>{}</c></summary>
public sealed record EmptyResponse : IAnswer<EmptyResponse>
{
    public static EmptyResponse Example { get; } = new();
}
