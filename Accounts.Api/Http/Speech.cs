using Accounts.Core.Failures;
using Accounts.Core.Texts;
using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>In which language an answer speaks to who asks. Programs look at <c>code</c>, <c>reason</c> and the names of fields, which are the same in each.</summary>
public static class Speech
{
    /// <summary>The answer says then that it depends on it: a cache must not hand one person's language to another.</summary>
    public static Language Language(this HttpContext context)
    {
        context.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return context.RequestServices.GetRequiredService<Languages>().Preferred(context.Request.Headers.AcceptLanguage);
    }

    public static string Say(this HttpContext context, Sentence sentence) => context.Language().Say(sentence);
}
