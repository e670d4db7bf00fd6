using System.Text;
using Microsoft.AspNetCore.Http;

namespace Accounts.Tests.Providers;

/// <summary>A provider's answer to the letter, whatever it calls itself: the framework would write it in the charset that it names.</summary>
internal sealed record RawAnswer(string Text, string Type, int Status = 200) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (Status, Type);
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Text)).AsTask();
    }
}
