using Accounts.Core.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Accounts.Api.Docs;

public static class DocsSetup
{
    /// <summary>The framework describes what it sees (routes, types, doc comments); each of the transformers adds one thing that only we know.</summary>
    public static IServiceCollection AddDocs(this IServiceCollection services)
    {
        services.AddSettings<DocsOptions>("Accounts:Docs");
        services.AddSingleton<ApiDocument>().AddSingleton<CookieNames>();
        services.Configure<MvcOptions>(mvc => mvc.Conventions.Add(new EveryActionIsShown()));
        services.AddOpenApi(ApiDocument.Name, document =>
        {
            document.ShouldInclude = action => action.HttpMethod != HttpMethods.Head;
            document.AddSchemaTransformer<RequestSchemas>();
            document.AddSchemaTransformer<AnswerSchemas>();
            document.AddOperationTransformer<Naming>();
            document.AddOperationTransformer<Requests>();
            document.AddOperationTransformer<Successes>();
            document.AddOperationTransformer<Errors>();
            document.AddDocumentTransformer<DocumentFrame>();
            document.AddDocumentTransformer<HealthPaths>();
        });
        return services;
    }

    /// <summary>Those that are not marked <c>IgnoreApi</c>; the framework's default shows only controllers that are <c>[ApiController]</c>.</summary>
    private sealed class EveryActionIsShown : IApplicationModelConvention
    {
        public void Apply(ApplicationModel application) => application.ApiExplorer.IsVisible = true;
    }
}
